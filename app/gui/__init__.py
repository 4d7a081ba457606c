"""The window: everything that knows Qt. It shows values made elsewhere and asks for commands by their ids."""
