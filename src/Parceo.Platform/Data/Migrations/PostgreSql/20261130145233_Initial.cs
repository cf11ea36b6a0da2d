using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Platform.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(PlatformDbPostgreSql))]
    [Migration("20261130145233_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "platform");

            migrationBuilder.CreateTable(
                name: "audit",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    means = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    on_behalf_of = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    object_type = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    object_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    patient = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    outcome = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    correlation_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    address = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    nonce = table.Column<Guid>(type: "uuid", nullable: true),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_hold",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_audit_hold", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seal",
                schema: "platform",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    audit_id = table.Column<long>(type: "bigint", nullable: false),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_audit_seal", x => new { x.organisation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "audit_tombstone",
                schema: "platform",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    link = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    before = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_audit_tombstone", x => new { x.organisation_id, x.seq });
                });

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    xml = table.Column<string>(type: "text", maxLength: -1, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "key_fingerprint",
                schema: "platform",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    print = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_key_fingerprint", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "lease",
                schema: "platform",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    owner = table.Column<Guid>(type: "uuid", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_lease", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "subscriber",
                schema: "platform",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    @event = table.Column<string>(name: "event", type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    first_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_seen = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_platform_subscriber", x => new { x.@event, x.name });
                });

            migrationBuilder.CreateIndex(
                name: "ix_platform_audit_actor_id_at",
                schema: "platform",
                table: "audit",
                columns: new[] { "actor_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_platform_audit_organisation_id_at",
                schema: "platform",
                table: "audit",
                columns: new[] { "organisation_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ux_platform_audit_seal_audit_id",
                schema: "platform",
                table: "audit_seal",
                column: "audit_id",
                unique: true);

            foreach (var guard in Parceo.Platform.Audit.AuditGuards.Create("PostgreSql")) migrationBuilder.Sql(guard);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_hold",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_seal",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "audit_tombstone",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "data_protection_key",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "key_fingerprint",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "lease",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "subscriber",
                schema: "platform");
        }
    }
}
