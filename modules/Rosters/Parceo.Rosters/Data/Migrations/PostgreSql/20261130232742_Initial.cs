using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Parceo.Rosters.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    [DbContext(typeof(RostersDbPostgreSql))]
    [Migration("20261130232742_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "rosters");

            migrationBuilder.CreateTable(
                name: "duty_house",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    address = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    commune_code = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false, collation: "C"),
                    commune = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    phone = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true, collation: "C"),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    closed = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hours = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_duty_house", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "duty_turn",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_duty_turn", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "rosters",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    request = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    response = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                schema: "rosters",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subscriber = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "rosters",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    payload = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    correlation_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    fanned_out = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "outbox_delivery",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    subscriber = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    key = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_owner = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    error = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roster",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sector_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    gaps = table.Column<int>(type: "integer", nullable: false),
                    edition = table.Column<int>(type: "integer", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    last_fill = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_roster", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sector",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false, collation: "C"),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    phone = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true, collation: "C"),
                    most_per_week = table.Column<int>(type: "integer", nullable: false),
                    closed = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    communes = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C"),
                    rules = table.Column<string>(type: "text", maxLength: -1, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_sector", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "swap",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    duty_id = table.Column<Guid>(type: "uuid", nullable: false),
                    return_duty_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    from_is_account = table.Column<bool>(type: "boolean", nullable: false),
                    from_phone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true, collation: "C"),
                    to_id = table.Column<Guid>(type: "uuid", nullable: true),
                    to_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    to_is_account = table.Column<bool>(type: "boolean", nullable: false),
                    note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_swap", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "volunteer",
                schema: "rosters",
                columns: table => new
                {
                    duty_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    is_account = table.Column<bool>(type: "boolean", nullable: false),
                    phone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_volunteer", x => new { x.duty_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "duty",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sector_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    departement = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    label = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false, collation: "C"),
                    start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    published = table.Column<bool>(type: "boolean", nullable: false),
                    holder_id = table.Column<Guid>(type: "uuid", nullable: true),
                    holder_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    holder_is_account = table.Column<bool>(type: "boolean", nullable: false),
                    holder_phone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true, collation: "C"),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_duty", x => x.id);
                    table.ForeignKey(
                        name: "fk_rosters_duty_roster_id",
                        column: x => x.roster_id,
                        principalSchema: "rosters",
                        principalTable: "roster",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "roster_change",
                schema: "rosters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    roster_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    duty_id = table.Column<Guid>(type: "uuid", nullable: false),
                    duty_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    before = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    after = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true, collation: "C"),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_roster_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_rosters_roster_change_roster_id",
                        column: x => x.roster_id,
                        principalSchema: "rosters",
                        principalTable: "roster",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_departement_start",
                schema: "rosters",
                table: "duty",
                columns: new[] { "departement", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_holder_id_start",
                schema: "rosters",
                table: "duty",
                columns: new[] { "holder_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_organisation_id_start",
                schema: "rosters",
                table: "duty",
                columns: new[] { "organisation_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_roster_id",
                schema: "rosters",
                table: "duty",
                column: "roster_id");

            migrationBuilder.CreateIndex(
                name: "ux_rosters_duty_sector_id_start",
                schema: "rosters",
                table: "duty",
                columns: new[] { "sector_id", "start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_house_departement",
                schema: "rosters",
                table: "duty_house",
                column: "departement");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_house_organisation_id_name",
                schema: "rosters",
                table: "duty_house",
                columns: new[] { "organisation_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_idempotency_at",
                schema: "rosters",
                table: "idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_inbox_at",
                schema: "rosters",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_outbox_fanned_out_seq",
                schema: "rosters",
                table: "outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_rosters_outbox_event_id",
                schema: "rosters",
                table: "outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_outbox_delivery_key_seq",
                schema: "rosters",
                table: "outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_outbox_delivery_next_attempt_at",
                schema: "rosters",
                table: "outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_rosters_outbox_delivery_seq_subscriber",
                schema: "rosters",
                table: "outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_roster_organisation_id_month",
                schema: "rosters",
                table: "roster",
                columns: new[] { "organisation_id", "month" });

            migrationBuilder.CreateIndex(
                name: "ux_rosters_roster_sector_id_month",
                schema: "rosters",
                table: "roster",
                columns: new[] { "sector_id", "month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_roster_change_roster_id_at",
                schema: "rosters",
                table: "roster_change",
                columns: new[] { "roster_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_sector_departement",
                schema: "rosters",
                table: "sector",
                column: "departement");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_sector_organisation_id_name",
                schema: "rosters",
                table: "sector",
                columns: new[] { "organisation_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_swap_organisation_id_state",
                schema: "rosters",
                table: "swap",
                columns: new[] { "organisation_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_swap_return_duty_id",
                schema: "rosters",
                table: "swap",
                column: "return_duty_id");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_swap_roster_id_proposed_at",
                schema: "rosters",
                table: "swap",
                columns: new[] { "roster_id", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ux_rosters_swap_duty_id",
                schema: "rosters",
                table: "swap",
                column: "duty_id",
                unique: true,
                filter: "\"state\" = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_volunteer_person_id",
                schema: "rosters",
                table: "volunteer",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duty",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "duty_house",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "duty_turn",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "inbox",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "outbox_delivery",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "roster_change",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "sector",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "swap",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "volunteer",
                schema: "rosters");

            migrationBuilder.DropTable(
                name: "roster",
                schema: "rosters");
        }
    }
}
