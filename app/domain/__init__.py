"""The words of the problem as frozen values (design §2). No Qt, no files, no heavy import at load time."""
