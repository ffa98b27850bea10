namespace SreLab.Workloads.ServiceDefaults.Hosting;

/// <summary>Something that must hold before a service is ready.</summary>
public interface IReadinessCondition
{
    /// <summary>The word that tells that it does not hold.</summary>
    string Reason { get; }

    /// <summary>Whether it holds now; answers at once.</summary>
    bool Holds { get; }
}
