-- The database and the host's login; sqlcmd replaces $(…) from its environment. Safe to run again.
IF DB_ID('parceo') IS NULL CREATE DATABASE parceo;
GO
IF SUSER_ID('parceo') IS NULL CREATE LOGIN parceo WITH PASSWORD = '$(PARCEO_DB_PASSWORD)', CHECK_POLICY = ON;
GO
USE parceo;
IF USER_ID('parceo') IS NULL CREATE USER parceo FOR LOGIN parceo;
ALTER ROLE db_owner ADD MEMBER parceo; -- it migrates its own schema
GO
