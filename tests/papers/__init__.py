"""What leaves the office: loops over papers and exports, each with a count, a seed and a control that must fail.

``python -m tests.papers`` runs them whole, ``test_paper_loops.py`` a sample of each. ``rows_of_papers.py`` names the
tests that show each fault of exports and pictures.
"""
