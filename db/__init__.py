"""Storage: the only home of SQL."""

import sys

import sqlcipher3

# sqlite-utils prefers a module named pysqlite3 and compares its exceptions by identity: without
# this alias, made before it is imported, its `alter=True` fails on our driver (sqlite-utils 4.2).
sys.modules.setdefault("pysqlite3", sqlcipher3)
