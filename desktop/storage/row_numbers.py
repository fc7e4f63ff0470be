"""The numbers rows get: the program counts them itself and never by SQLite's own counter, which no seal covers.

A counter a bad disk or another program moved would leave a gap in the chain, or give a number a second time.
"""

import sqlite3


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """One above the highest id of a table whose newest row is never taken out, or whose ids nobody speaks of."""
    number: int = connection.execute(f"SELECT ifnull(max(id), 0) + 1 FROM {table}").fetchone()[0]
    return number
