using System.Runtime.CompilerServices;
using SreLab.Fixtures.Lab;
using SreLab.Specs.Platform;
using Xunit.Sdk;
using Xunit.v3;

namespace SreLab.Specs;

/// <summary>Marks the specs of a fault that only a platform has.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OfPlatformAttribute : Attribute;

/// <summary>Marks the specs of a fault that every profile carries out, the quick one too.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InEveryProfileAttribute : Attribute;

/// <summary>
/// A spec of a fault that not every profile has, or of several repeats: the full profile has it, and every other one where its class is marked so.
/// Where its class is marked as a platform's own, the targets that have one do.
/// </summary>
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
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        (IsFull.Value || Is<InEveryProfileAttribute>(testMethod)) && (PlatformFactDiscoverer.IsOnPlatform || !Is<OfPlatformAttribute>(testMethod))
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);

    private static bool Is<T>(IXunitTestMethod testMethod)
        where T : Attribute => testMethod.TestClass.Class.IsDefined(typeof(T), inherit: false);

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
