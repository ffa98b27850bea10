using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SreLab.Workloads.ServiceDefaults.Defects;

/// <summary>One well-known fault that a service carries on request. What it does not override works as in a sound service.</summary>
/// <param name="name">Its name in <c>DEFECT</c>, in <c>/</c> and in metrics.</param>
public abstract class Defect(string name)
{
    /// <summary>Its name in <c>DEFECT</c>, in <c>/</c> and in metrics.</summary>
    public string Name { get; } = name;

    /// <summary>Where the service listens with the defect.</summary>
    /// <param name="urls">Where it would listen without.</param>
    public virtual IReadOnlyList<string> Listen(IReadOnlyList<string> urls) => urls;

    /// <summary>Adds or replaces services, after the sound ones were added.</summary>
    /// <param name="services">All services.</param>
    public virtual void Alter(IServiceCollection services)
    {
    }

    /// <summary>Adds to the way of a request, between its record and its endpoint.</summary>
    /// <param name="app">The pipeline.</param>
    public virtual void Alter(IApplicationBuilder app)
    {
    }
}
