"""Models between page values and Qt's views."""
