using System.Runtime.CompilerServices;
using SreLab.Specs.Platform;
using Xunit.Sdk;
using Xunit.v3;

namespace SreLab.Specs;

/// <summary>Marks the specs of a fault that only a platform has.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OfPlatformAttribute : Attribute;

/// <summary>A spec of a fault: where its class is marked as a platform's own, it is discovered on the targets that have one, and neither run nor skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(FaultFactDiscoverer))]
public sealed class FaultFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);

/// <summary>Finds the specs of a fault where the fault can be had.</summary>
public sealed class FaultFactDiscoverer : FactDiscoverer
{
    /// <inheritdoc />
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        PlatformFactDiscoverer.IsOnPlatform || !testMethod.TestClass.Class.IsDefined(typeof(OfPlatformAttribute), inherit: false)
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([]);
}
