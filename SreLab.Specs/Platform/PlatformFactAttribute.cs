using System.Runtime.CompilerServices;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using Xunit.Sdk;
using Xunit.v3;

namespace SreLab.Specs.Platform;

/// <summary>A spec that only a target on Kubernetes can keep: elsewhere it is not discovered, so it is neither run nor skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(PlatformFactDiscoverer))]
public sealed class PlatformFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);

/// <summary>Finds specs on the targets that have a platform.</summary>
public sealed class PlatformFactDiscoverer : FactDiscoverer
{
    private static readonly Lazy<bool> HasPlatform = new(Ask);

    /// <summary>Whether the settings lead to a target that has a platform.</summary>
    public static bool IsOnPlatform => HasPlatform.Value;

    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        HasPlatform.Value ? base.Discover(discoveryOptions, testMethod, factAttribute) : new([]);

    // Wrong settings are told by the fixture of the assembly, once and whole.
    private static bool Ask()
    {
        try
        {
            return TargetChoice.IsKubernetes(SettingsLoader.Load());
        }
        catch (LabException)
        {
            return false;
        }
    }
}
