"""Faults on purpose: kills, power cuts, a fault at every system call, each beside a control that must fail.

``python -m tests.faults`` runs them whole, ``test_quick_faults.py`` a sample. The operations that are hurt stand in
``faulted_operations``; each runs in a process of its own (``child``), forked from one that has its libraries loaded
(``nursery``), and is judged afterwards from its folder alone (``verdicts``).
"""
