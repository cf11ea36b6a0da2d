using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "slots_agenda",
                columns: table => new
                {
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_agenda", x => x.practitioner_id);
                });

            migrationBuilder.CreateTable(
                name: "slots_booking",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    range_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: true),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    calendar_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    regulator_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    case_reference = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    age = table.Column<int>(type: "INTEGER", nullable: false),
                    sex = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    sealed_identity = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    booked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_booking", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots_calendar",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    skill = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    skill_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    place_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    phone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: false),
                    cell = table.Column<int>(type: "INTEGER", nullable: false),
                    shuffle = table.Column<int>(type: "INTEGER", nullable: false),
                    zone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    accepts_over_capacity = table.Column<bool>(type: "INTEGER", nullable: false),
                    via = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_calendar", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots_idempotency",
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
                    table.PrimaryKey("pk_slots_idempotency", x => new { x.user_id, x.key });
                });

            migrationBuilder.CreateTable(
                name: "slots_inbox",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subscriber = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_inbox", x => new { x.event_id, x.subscriber });
                });

            migrationBuilder.CreateTable(
                name: "slots_outbox",
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
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_attempt_at = table.Column<long>(type: "INTEGER", nullable: false),
                    lease_owner = table.Column<Guid>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true),
                    error = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "slots_radius_setting",
                columns: table => new
                {
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    default_km = table.Column<double>(type: "REAL", nullable: false),
                    step_km = table.Column<double>(type: "REAL", nullable: false),
                    changed_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_radius_setting", x => x.departement);
                });

            migrationBuilder.CreateTable(
                name: "slots_slot_range",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    calendar_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    places_left = table.Column<int>(type: "INTEGER", nullable: false),
                    taken = table.Column<long>(type: "INTEGER", nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    skill = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: false),
                    cell = table.Column<int>(type: "INTEGER", nullable: false),
                    shuffle = table.Column<int>(type: "INTEGER", nullable: false),
                    open = table.Column<bool>(type: "INTEGER", nullable: false),
                    published_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_slot_range", x => x.id);
                    table.CheckConstraint("ck_slot_range_places", "\"places_left\" >= 0 AND \"places_left\" <= \"capacity\"");
                });

            migrationBuilder.CreateTable(
                name: "slots_hold",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    range_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    regulator_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organisation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_hold", x => x.id);
                    table.ForeignKey(
                        name: "fk_slots_hold_range_id",
                        column: x => x.range_id,
                        principalTable: "slots_slot_range",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_organisation_id_regulator_id_booked_at",
                table: "slots_booking",
                columns: new[] { "organisation_id", "regulator_id", "booked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_practitioner_id_start",
                table: "slots_booking",
                columns: new[] { "practitioner_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_range_id_place",
                table: "slots_booking",
                columns: new[] { "range_id", "place" },
                unique: true,
                filter: "\"place\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_calendar_practitioner_id",
                table: "slots_calendar",
                column: "practitioner_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_hold_until",
                table: "slots_hold",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ux_slots_hold_range_id_place",
                table: "slots_hold",
                columns: new[] { "range_id", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_idempotency_at",
                table: "slots_idempotency",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_inbox_at",
                table: "slots_inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_key_seq",
                table: "slots_outbox",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_event_id",
                table: "slots_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_calendar_id_start",
                table: "slots_slot_range",
                columns: new[] { "calendar_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_start_skill_mode_departement_latitude_",
                table: "slots_slot_range",
                columns: new[] { "cell", "start", "skill", "mode", "departement", "latitude", "longitude", "shuffle" },
                filter: "open = 1");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_practitioner_id_start",
                table: "slots_slot_range",
                columns: new[] { "practitioner_id", "start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slots_agenda");

            migrationBuilder.DropTable(
                name: "slots_booking");

            migrationBuilder.DropTable(
                name: "slots_calendar");

            migrationBuilder.DropTable(
                name: "slots_hold");

            migrationBuilder.DropTable(
                name: "slots_idempotency");

            migrationBuilder.DropTable(
                name: "slots_inbox");

            migrationBuilder.DropTable(
                name: "slots_outbox");

            migrationBuilder.DropTable(
                name: "slots_radius_setting");

            migrationBuilder.DropTable(
                name: "slots_slot_range");
        }
    }
}
