"""The command line: parsing, the JSON it answers with, and its plain Thai words."""
