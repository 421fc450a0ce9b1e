"""Measuring the grader: agreement with people, resistance to attacks, rubrics that work."""
