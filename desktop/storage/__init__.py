"""The register on disk: the only room with SQL."""
