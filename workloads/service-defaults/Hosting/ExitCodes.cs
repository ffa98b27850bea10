namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>What a service tells with its exit code, after sysexits.h where that has a word for it.</summary>
public static class ExitCodes
{
    /// <summary>It ended as asked, or is healthy.</summary>
    public const int Ok = 0;

    /// <summary>It could not start or broke, or is not healthy.</summary>
    public const int Failed = 1;

    /// <summary>It was called with arguments that it does not know.</summary>
    public const int Usage = 64;

    /// <summary>Its settings are wrong.</summary>
    public const int Configuration = 78;
}
