using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OutsideAgendaFailures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "room",
                table: "slots_slot_range",
                type: "INTEGER",
                nullable: false,
                defaultValue: 60);

            migrationBuilder.AddColumn<int>(
                name: "aside",
                table: "slots_outside_agenda",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "aside_code",
                table: "slots_outside_agenda",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "aside_line",
                table: "slots_outside_agenda",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "asleep_since",
                table: "slots_outside_agenda",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "failures",
                table: "slots_outside_agenda",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "shrank",
                table: "slots_outside_agenda",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "room",
                table: "slots_slot_range");

            migrationBuilder.DropColumn(
                name: "aside",
                table: "slots_outside_agenda");

            migrationBuilder.DropColumn(
                name: "aside_code",
                table: "slots_outside_agenda");

            migrationBuilder.DropColumn(
                name: "aside_line",
                table: "slots_outside_agenda");

            migrationBuilder.DropColumn(
                name: "asleep_since",
                table: "slots_outside_agenda");

            migrationBuilder.DropColumn(
                name: "failures",
                table: "slots_outside_agenda");

            migrationBuilder.DropColumn(
                name: "shrank",
                table: "slots_outside_agenda");
        }
    }
}
