"""The chain of schema migrations, run by Alembic."""
