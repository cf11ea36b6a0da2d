using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SlotsDbSqlite))]
    [Migration("20261130212114_Initial")]
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "slots_absence",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    from = table.Column<long>(type: "INTEGER", nullable: false),
                    to = table.Column<long>(type: "INTEGER", nullable: true),
                    declared_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    declared_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_absence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots_agenda",
                columns: table => new
                {
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    most_per_day = table.Column<int>(type: "INTEGER", nullable: true),
                    most_per_week = table.Column<int>(type: "INTEGER", nullable: true),
                    present_until = table.Column<long>(type: "INTEGER", nullable: true),
                    over_capacity_until = table.Column<long>(type: "INTEGER", nullable: true),
                    over_capacity_note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    takes_visits = table.Column<bool>(type: "INTEGER", nullable: false),
                    takes_teleconsultations = table.Column<bool>(type: "INTEGER", nullable: false),
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
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    own_patient = table.Column<bool>(type: "INTEGER", nullable: false),
                    age = table.Column<int>(type: "INTEGER", nullable: false),
                    sex = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    patient_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_identity = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sealed_reason = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    booked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    reminded_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                    location_label = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    commune = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    commune_code = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
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
                    fanned_out = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outbox", x => x.seq);
                });

            migrationBuilder.CreateTable(
                name: "slots_outbox_delivery",
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
                    table.PrimaryKey("pk_slots_outbox_delivery", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots_outside_agenda",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    sealed_address = table.Column<byte[]>(type: "BLOB", nullable: false),
                    host = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    added_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    next_read_at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    failure = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    asleep_since = table.Column<long>(type: "INTEGER", nullable: true),
                    times = table.Column<int>(type: "INTEGER", nullable: false),
                    aside = table.Column<int>(type: "INTEGER", nullable: false),
                    aside_code = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    aside_line = table.Column<int>(type: "INTEGER", nullable: false),
                    shrank = table.Column<bool>(type: "INTEGER", nullable: false),
                    e_tag = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_outside_agenda", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots_plan",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    calendar_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    zone = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    weekday = table.Column<int>(type: "INTEGER", nullable: false),
                    starts_at = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    slots = table.Column<int>(type: "INTEGER", nullable: false),
                    capacity = table.Column<int>(type: "INTEGER", nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    public_holidays = table.Column<bool>(type: "INTEGER", nullable: false),
                    school = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    first = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    published_until = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    made_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    made_at = table.Column<long>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_plan", x => x.id);
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
                    room = table.Column<int>(type: "INTEGER", nullable: false),
                    places_left = table.Column<int>(type: "INTEGER", nullable: false),
                    taken = table.Column<long>(type: "INTEGER", nullable: false),
                    mode = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    skill = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    departement = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    commune_code = table.Column<string>(type: "TEXT", maxLength: 5, nullable: true),
                    latitude = table.Column<double>(type: "REAL", nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: false),
                    cell = table.Column<int>(type: "INTEGER", nullable: false),
                    shuffle = table.Column<int>(type: "INTEGER", nullable: false),
                    hidden_by = table.Column<int>(type: "INTEGER", nullable: false),
                    open = table.Column<bool>(type: "INTEGER", nullable: false),
                    plan_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    plan_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    plan_number = table.Column<int>(type: "INTEGER", nullable: true),
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
                name: "slots_busy_time",
                columns: table => new
                {
                    agenda_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    start = table.Column<long>(type: "INTEGER", nullable: false),
                    end = table.Column<long>(type: "INTEGER", nullable: false),
                    practitioner_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_busy_time", x => new { x.agenda_id, x.start, x.end });
                    table.ForeignKey(
                        name: "fk_slots_busy_time_agenda_id",
                        column: x => x.agenda_id,
                        principalTable: "slots_outside_agenda",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "slots_plan_date",
                columns: table => new
                {
                    plan_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    removed = table.Column<bool>(type: "INTEGER", nullable: false),
                    start = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    edition = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots_plan_date", x => new { x.plan_id, x.date });
                    table.ForeignKey(
                        name: "fk_slots_plan_date_plan_id",
                        column: x => x.plan_id,
                        principalTable: "slots_plan",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                    until = table.Column<long>(type: "INTEGER", nullable: false),
                    orientation_id = table.Column<Guid>(type: "TEXT", nullable: true)
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
                name: "ix_slots_absence_practitioner_id_from",
                table: "slots_absence",
                columns: new[] { "practitioner_id", "from" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_organisation_id_booked_at",
                table: "slots_booking",
                columns: new[] { "organisation_id", "booked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_organisation_id_regulator_id_booked_at",
                table: "slots_booking",
                columns: new[] { "organisation_id", "regulator_id", "booked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_practitioner_id_start",
                table: "slots_booking",
                columns: new[] { "practitioner_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_state_end",
                table: "slots_booking",
                columns: new[] { "state", "end" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_organisation_id_orientation_id",
                table: "slots_booking",
                columns: new[] { "organisation_id", "orientation_id" },
                unique: true,
                filter: "\"orientation_id\" IS NOT NULL AND \"place\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_range_id_place",
                table: "slots_booking",
                columns: new[] { "range_id", "place" },
                unique: true,
                filter: "\"place\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_busy_time_practitioner_id_end_start",
                table: "slots_busy_time",
                columns: new[] { "practitioner_id", "end", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_calendar_cell_skill",
                table: "slots_calendar",
                columns: new[] { "cell", "skill" });

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
                name: "ux_slots_hold_regulator_id",
                table: "slots_hold",
                column: "regulator_id",
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
                name: "ix_slots_outbox_fanned_out_seq",
                table: "slots_outbox",
                columns: new[] { "fanned_out", "seq" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_event_id",
                table: "slots_outbox",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_delivery_key_seq",
                table: "slots_outbox_delivery",
                columns: new[] { "key", "seq" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_outbox_delivery_next_attempt_at",
                table: "slots_outbox_delivery",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_slots_outbox_delivery_seq_subscriber",
                table: "slots_outbox_delivery",
                columns: new[] { "seq", "subscriber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_next_read_at",
                table: "slots_outside_agenda",
                column: "next_read_at");

            migrationBuilder.CreateIndex(
                name: "ix_slots_outside_agenda_practitioner_id",
                table: "slots_outside_agenda",
                column: "practitioner_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_plan_practitioner_id_first",
                table: "slots_plan",
                columns: new[] { "practitioner_id", "first" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_plan_published_until",
                table: "slots_plan",
                column: "published_until");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_calendar_id_start",
                table: "slots_slot_range",
                columns: new[] { "calendar_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_cell_departement_start_skill_mode_latitude_",
                table: "slots_slot_range",
                columns: new[] { "cell", "departement", "start", "skill", "mode", "latitude", "longitude", "shuffle", "commune_code", "open" },
                filter: "open = 1");

            migrationBuilder.CreateIndex(
                name: "ix_slots_slot_range_practitioner_id_start",
                table: "slots_slot_range",
                columns: new[] { "practitioner_id", "start" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_slot_range_plan_id_plan_date_plan_number",
                table: "slots_slot_range",
                columns: new[] { "plan_id", "plan_date", "plan_number" },
                unique: true,
                filter: "\"plan_id\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slots_absence");

            migrationBuilder.DropTable(
                name: "slots_agenda");

            migrationBuilder.DropTable(
                name: "slots_booking");

            migrationBuilder.DropTable(
                name: "slots_busy_time");

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
                name: "slots_outbox_delivery");

            migrationBuilder.DropTable(
                name: "slots_plan_date");

            migrationBuilder.DropTable(
                name: "slots_radius_setting");

            migrationBuilder.DropTable(
                name: "slots_outside_agenda");

            migrationBuilder.DropTable(
                name: "slots_slot_range");

            migrationBuilder.DropTable(
                name: "slots_plan");
        }
    }
}
