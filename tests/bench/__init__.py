"""Measuring: a large and lifelike record in a database of its own, the real server, and what it answers how quickly.

``make bench SIZE=250000 ENGINE=sqlite`` prints each figure beside its budget. Nothing here is a test of time.
"""
