"""Practise technical interviews in a terminal, with honest grading."""

__version__ = "0.1.0"
