"""智衡 Zhiheng: from a folder of firm surveys to a brief, every number traceable to its cell."""

__version__ = "0.5.0"
