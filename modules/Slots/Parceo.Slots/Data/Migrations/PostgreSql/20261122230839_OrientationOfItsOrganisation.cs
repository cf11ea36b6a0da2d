using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Parceo.Slots.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class OrientationOfItsOrganisation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_slots_booking_orientation_id",
                schema: "slots",
                table: "booking");

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_organisation_id_orientation_id",
                schema: "slots",
                table: "booking",
                columns: new[] { "organisation_id", "orientation_id" },
                unique: true,
                filter: "\"orientation_id\" IS NOT NULL AND \"place\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_slots_booking_organisation_id_orientation_id",
                schema: "slots",
                table: "booking");

            migrationBuilder.CreateIndex(
                name: "ux_slots_booking_orientation_id",
                schema: "slots",
                table: "booking",
                column: "orientation_id",
                unique: true,
                filter: "\"orientation_id\" IS NOT NULL AND \"place\" IS NOT NULL");
        }
    }
}
