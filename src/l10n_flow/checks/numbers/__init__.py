"""Numbers by value: the quantities of a Chinese text and of its English translation, read and compared.

``chinese`` and ``english`` read a text into ``values``, ``compare`` pairs them.
"""
