"""The rules of the work: pure values and functions, nothing else."""
