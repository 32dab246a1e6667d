"""The floor: the least that Django 5.2, psycopg 3 and one AES-GCM field cost, without any of Krama's duties.

No permission, no row-level security, no journal, no templates shared with Krama; sessions middleware alone.
"""
