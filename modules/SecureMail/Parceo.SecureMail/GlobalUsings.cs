global using Parceo.Patients.Contracts;
