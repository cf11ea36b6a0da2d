global using LocalTime = Parceo.Platform.LocalTime;
global using Mode = Parceo.Slots.Contracts.Mode;
global using PublicHolidays = Parceo.Platform.PublicHolidays;
global using Sex = Parceo.Slots.Contracts.Sex;
