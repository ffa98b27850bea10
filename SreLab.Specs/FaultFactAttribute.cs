using System.Runtime.CompilerServices;
using SreLab.Fixtures.Lab;
using SreLab.Specs.Platform;
using Xunit.Sdk;
using Xunit.v3;

namespace SreLab.Specs;

/// <summary>Marks the specs of a fault that only a platform has.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OfPlatformAttribute : Attribute;

/// <summary>A spec of a fault beyond the two kills, or of several repeats: the full profile has it. Where its class is marked as a platform's own, the targets that have one do.</summary>
/// <remarks>What a profile or a target does not have is not discovered there, so it is neither run nor skipped: the catalogue takes half an hour.</remarks>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(FaultFactDiscoverer))]
public sealed class FaultFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);

/// <summary>Finds the specs of a fault where the fault can be had.</summary>
public sealed class FaultFactDiscoverer : FactDiscoverer
{
    private static readonly Lazy<bool> IsFull = new(Ask);

    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        IsFull.Value && (PlatformFactDiscoverer.IsOnPlatform || !testMethod.TestClass.Class.IsDefined(typeof(OfPlatformAttribute), inherit: false))
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);

    // Wrong settings are told by the fixture of the assembly, once and whole.
    private static bool Ask()
    {
        try
        {
            return SettingsLoader.Load().Profile == SettingsProfile.Full;
        }
        catch (LabException)
        {
            return false;
        }
    }
}
