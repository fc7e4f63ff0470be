"""Rongthuk (ร้องทุกข์): the map of the rooms.

Doors lead one way: ``ui → services → {storage, exchange, forms} → domain → stdlib``.

* ``domain``    the rules of the work, pure: no Qt, no SQL, no clock (the day is always an argument)
* ``storage``   the register on disk: the only room with sqlite3 and SQL
* ``exchange``  spreadsheets in and out: layouts, cleaning, what a row means
* ``services``  one function is one thing the officer does, in one transaction; no Qt
* ``commands``  the command line: parsing, JSON, plain words
* ``ui``        the window: widgets only, no SQL, no date arithmetic, no rule
* ``forms``     (beside this package) the PDF: domain values and a fonts folder in, bytes out
* ``resources`` (beside this package) fonts, icons, holidays, words: data only

``command_line`` and ``app`` put the rooms together; ``paths`` alone knows folders.
"""
