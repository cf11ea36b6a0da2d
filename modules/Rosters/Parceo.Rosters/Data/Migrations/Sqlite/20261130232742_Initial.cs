using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Rosters.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(RostersDbSqlite))]
    [Migration("20261130232742_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "rosters_duty_house",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    commune_code = table.Column<string>(type: "TEXT", maxLength: 5, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    hours = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_duty_house", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rosters_duty_turn",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_duty_turn", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rosters_idempotency",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    request = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    response = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "rosters_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "rosters_outbox",
                columns: table => new
                {
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    correlation_id = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    fanned_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "rosters_outbox_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 200, nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    key = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rosters_roster",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sector_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    month = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    gaps = table.Column<int>(type: "INTEGER", nullable: false),
                    edition = table.Column<int>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    published_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    last_fill = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_roster", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rosters_sector",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 30, nullable: true),
                    most_per_week = table.Column<int>(type: "INTEGER", nullable: false),
                    closed = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    communes = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false),
                    rules = table.Column<string>(type: "TEXT", maxLength: -1, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_sector", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rosters_swap",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    duty_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    return_duty_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    from_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    from_is_account = table.Column<bool>(type: "INTEGER", nullable: false),
                    from_phone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    to_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    to_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    to_is_account = table.Column<bool>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    proposed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    settled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_swap", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "rosters_volunteer",
                columns: table => new
                {
                    duty_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    is_account = table.Column<bool>(type: "INTEGER", nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_volunteer", x => new { x.duty_id, x.person_id });
                });

            migrationBuilder.CreateTable(
                name: "rosters_duty",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sector_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    label = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    published = table.Column<bool>(type: "INTEGER", nullable: false),
                    holder_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    holder_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    holder_is_account = table.Column<bool>(type: "INTEGER", nullable: false),
                    holder_phone = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_duty", x => x.id);
                    table.ForeignKey(
                        name: "fk_rosters_duty_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters_roster",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rosters_roster_change",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    roster_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    duty_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    duty_start = table.Column<long>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    after = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    by = table.Column<Guid>(type: "TEXT", nullable: false),
                    by_name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rosters_roster_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_rosters_roster_change_roster_id",
                        column: x => x.roster_id,
                        principalTable: "rosters_roster",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_departement_start",
                table: "rosters_duty",
                columns: new[] { "departement", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_holder_id_start",
                table: "rosters_duty",
                columns: new[] { "holder_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_organisation_id_start",
                table: "rosters_duty",
                columns: new[] { "organisation_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_roster_id",
                table: "rosters_duty",
                column: "roster_id");

            migrationBuilder.CreateIndex(
                name: "ux_rosters_duty_sector_id_start",
                table: "rosters_duty",
                columns: new[] { "sector_id", "start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_house_departement",
                table: "rosters_duty_house",
                column: "departement");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_duty_house_organisation_id_name",
                table: "rosters_duty_house",
                columns: new[] { "organisation_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_idempotency_at",
                table: "rosters_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_inbox_at",
                table: "rosters_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_outbox_fanned_out_seq",
                table: "rosters_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_rosters_outbox_event_id",
                table: "rosters_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_outbox_delivery_key_seq",
                table: "rosters_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_outbox_delivery_next_attempt_at",
                table: "rosters_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_rosters_outbox_delivery_seq_subscriber",
                table: "rosters_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_roster_organisation_id_month",
                table: "rosters_roster",
                columns: new[] { "organisation_id", "month" });

            migrationBuilder.CreateIndex(
                name: "ux_rosters_roster_sector_id_month",
                table: "rosters_roster",
                columns: new[] { "sector_id", "month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rosters_roster_change_roster_id_at",
                table: "rosters_roster_change",
                columns: new[] { "roster_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_sector_departement",
                table: "rosters_sector",
                column: "departement");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_sector_organisation_id_name",
                table: "rosters_sector",
                columns: new[] { "organisation_id", "name" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_swap_organisation_id_state",
                table: "rosters_swap",
                columns: new[] { "organisation_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_rosters_swap_return_duty_id",
                table: "rosters_swap",
                column: "return_duty_id");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_swap_roster_id_proposed_at",
                table: "rosters_swap",
                columns: new[] { "roster_id", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ux_rosters_swap_duty_id",
                table: "rosters_swap",
                column: "duty_id",
                unique: true,
                filter: "\"state\" = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "ix_rosters_volunteer_person_id",
                table: "rosters_volunteer",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rosters_duty");

            migrationBuilder.DropTable(
                name: "rosters_duty_house");

            migrationBuilder.DropTable(
                name: "rosters_duty_turn");

            migrationBuilder.DropTable(
                name: "rosters_idempotency");

            migrationBuilder.DropTable(
                name: "rosters_inbox");

            migrationBuilder.DropTable(
                name: "rosters_outbox");

            migrationBuilder.DropTable(
                name: "rosters_outbox_delivery");

            migrationBuilder.DropTable(
                name: "rosters_roster_change");

            migrationBuilder.DropTable(
                name: "rosters_sector");

            migrationBuilder.DropTable(
                name: "rosters_swap");

            migrationBuilder.DropTable(
                name: "rosters_volunteer");

            migrationBuilder.DropTable(
                name: "rosters_roster");
        }
    }
}
