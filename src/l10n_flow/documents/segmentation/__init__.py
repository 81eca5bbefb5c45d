"""Segmentation of a text into blocks and sentences: the rules, independent of file formats."""
