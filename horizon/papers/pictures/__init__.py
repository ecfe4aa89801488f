"""Pictures of what the register holds: SVG from our own data, and PNG of it where a format asks."""
