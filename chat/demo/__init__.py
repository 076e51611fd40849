"""The demo world: ten people and sixty days of their talk, made through the real actions."""
