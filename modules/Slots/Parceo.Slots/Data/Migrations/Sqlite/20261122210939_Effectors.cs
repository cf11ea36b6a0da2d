using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Effectors : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "hidden_by",
                table: "slots_slot_range",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "commune_code",
                table: "slots_calendar",
                type: "TEXT",
                maxLength: 5,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "orientation_id",
                table: "slots_booking",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "most_per_day",
                table: "slots_agenda",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "most_per_week",
                table: "slots_agenda",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "over_capacity_note",
                table: "slots_agenda",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "over_capacity_until",
                table: "slots_agenda",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "present_until",
                table: "slots_agenda",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "takes_teleconsultations",
                table: "slots_agenda",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "takes_visits",
                table: "slots_agenda",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

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

            migrationBuilder.CreateIndex(
                name: "ix_slots_calendar_cell_skill",
                table: "slots_calendar",
                columns: new[] { "cell", "skill" });

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_orientation_id",
                table: "slots_booking",
                column: "orientation_id",
                unique: true,
                filter: "\"orientation_id\" IS NOT NULL AND \"place\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_slots_absence_practitioner_id_from",
                table: "slots_absence",
                columns: new[] { "practitioner_id", "from" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slots_absence");

            migrationBuilder.DropIndex(
                name: "ix_slots_calendar_cell_skill",
                table: "slots_calendar");

            migrationBuilder.DropIndex(
                name: "ux_slots_booking_orientation_id",
                table: "slots_booking");

            migrationBuilder.DropColumn(
                name: "hidden_by",
                table: "slots_slot_range");

            migrationBuilder.DropColumn(
                name: "commune_code",
                table: "slots_calendar");

            migrationBuilder.DropColumn(
                name: "orientation_id",
                table: "slots_booking");

            migrationBuilder.DropColumn(
                name: "most_per_day",
                table: "slots_agenda");

            migrationBuilder.DropColumn(
                name: "most_per_week",
                table: "slots_agenda");

            migrationBuilder.DropColumn(
                name: "over_capacity_note",
                table: "slots_agenda");

            migrationBuilder.DropColumn(
                name: "over_capacity_until",
                table: "slots_agenda");

            migrationBuilder.DropColumn(
                name: "present_until",
                table: "slots_agenda");

            migrationBuilder.DropColumn(
                name: "takes_teleconsultations",
                table: "slots_agenda");

            migrationBuilder.DropColumn(
                name: "takes_visits",
                table: "slots_agenda");
        }
    }
}
