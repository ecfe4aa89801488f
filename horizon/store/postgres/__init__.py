"""The same store in PostgreSQL: one chain of events for each force, in one database.

Needs psycopg. Only `horizon.store.stores` and the commands that look after the database load this.
"""
