"""OGC API – Features: the register for GIS programs, at `/ogc/`."""
