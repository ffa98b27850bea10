namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>A request came before the service had its tables.</summary>
public sealed class DatabaseNotPreparedException() : Exception("the service's tables are not made yet");
