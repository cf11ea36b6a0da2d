global using LocalTime = Parceo.Platform.LocalTime;
global using Zones = Parceo.Platform.Zones;
