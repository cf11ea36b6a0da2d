using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    [DbContext(typeof(SlotsDbSqlServer))]
    [Migration("20261130071543_OutsideAgendaFailures")]
    public partial class OutsideAgendaFailures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "room",
                schema: "slots",
                table: "slot_range",
                type: "int",
                nullable: false,
                defaultValue: 60);

            migrationBuilder.AddColumn<int>(
                name: "aside",
                schema: "slots",
                table: "outside_agenda",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "aside_code",
                schema: "slots",
                table: "outside_agenda",
                type: "nvarchar(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "aside_line",
                schema: "slots",
                table: "outside_agenda",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "asleep_since",
                schema: "slots",
                table: "outside_agenda",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "failures",
                schema: "slots",
                table: "outside_agenda",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "shrank",
                schema: "slots",
                table: "outside_agenda",
                type: "bit",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "room",
                schema: "slots",
                table: "slot_range");

            migrationBuilder.DropColumn(
                name: "aside",
                schema: "slots",
                table: "outside_agenda");

            migrationBuilder.DropColumn(
                name: "aside_code",
                schema: "slots",
                table: "outside_agenda");

            migrationBuilder.DropColumn(
                name: "aside_line",
                schema: "slots",
                table: "outside_agenda");

            migrationBuilder.DropColumn(
                name: "asleep_since",
                schema: "slots",
                table: "outside_agenda");

            migrationBuilder.DropColumn(
                name: "failures",
                schema: "slots",
                table: "outside_agenda");

            migrationBuilder.DropColumn(
                name: "shrank",
                schema: "slots",
                table: "outside_agenda");
        }
    }
}
