using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class PlansAndOutcomes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "plan_date",
                table: "slots_slot_range",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "plan_id",
                table: "slots_slot_range",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "plan_number",
                table: "slots_slot_range",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "reminded_at",
                table: "slots_booking",
                type: "INTEGER",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "ux_slots_slot_range_plan_id_plan_date_plan_number",
                table: "slots_slot_range",
                columns: new[] { "plan_id", "plan_date", "plan_number" },
                unique: true,
                filter: "\"plan_id\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_booking_state_end",
                table: "slots_booking",
                columns: new[] { "state", "end" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_plan_practitioner_id_first",
                table: "slots_plan",
                columns: new[] { "practitioner_id", "first" });

            migrationBuilder.CreateIndex(
                name: "ix_slots_plan_published_until",
                table: "slots_plan",
                column: "published_until");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slots_plan_date");

            migrationBuilder.DropTable(
                name: "slots_plan");

            migrationBuilder.DropIndex(
                name: "ux_slots_slot_range_plan_id_plan_date_plan_number",
                table: "slots_slot_range");

            migrationBuilder.DropIndex(
                name: "ix_slots_booking_state_end",
                table: "slots_booking");

            migrationBuilder.DropColumn(
                name: "plan_date",
                table: "slots_slot_range");

            migrationBuilder.DropColumn(
                name: "plan_id",
                table: "slots_slot_range");

            migrationBuilder.DropColumn(
                name: "plan_number",
                table: "slots_slot_range");

            migrationBuilder.DropColumn(
                name: "reminded_at",
                table: "slots_booking");
        }
    }
}
