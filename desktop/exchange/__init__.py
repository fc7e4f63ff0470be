"""Spreadsheets in and out: reading a file, recognising its layout, what a row means, writing the register."""
