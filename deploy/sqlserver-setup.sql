-- The database and its two logins; sqlcmd replaces $(…) from its environment. Safe to run again.
-- parceo_owner migrates; parceo serves, and gets its rights from « parceo migrate --grant parceo ».
IF DB_ID('parceo') IS NULL CREATE DATABASE parceo;
GO
-- Readers do not wait for writers. Entity Framework sets it on databases that it makes itself only.
IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = 'parceo') = 0
    ALTER DATABASE parceo SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID('parceo_owner') IS NULL CREATE LOGIN parceo_owner WITH PASSWORD = '$(PARCEO_OWNER_PASSWORD)', CHECK_POLICY = ON;
IF SUSER_ID('parceo') IS NULL CREATE LOGIN parceo WITH PASSWORD = '$(PARCEO_DB_PASSWORD)', CHECK_POLICY = ON;
GO
USE parceo;
IF USER_ID('parceo_owner') IS NULL CREATE USER parceo_owner FOR LOGIN parceo_owner;
IF USER_ID('parceo') IS NULL CREATE USER parceo FOR LOGIN parceo;
ALTER ROLE db_owner ADD MEMBER parceo_owner;
-- What an earlier setup gave it.
IF IS_ROLEMEMBER('db_owner', 'parceo') = 1 ALTER ROLE db_owner DROP MEMBER parceo;
GO
