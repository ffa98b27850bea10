using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.InvoiceApp.Invoices;
using SreLab.Workloads.ServiceDefaults.Defects;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Counts requests with a read, a pause and a write: of those that come at once, all but one are lost.</summary>
internal sealed class CounterRace() : Defect(DefectName)
{
    public const string DefectName = "counter-race";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public override void Alter(IServiceCollection services) => services.AddSingleton<RequestCounter, RacyCounter>();

    private sealed class RacyCounter : RequestCounter
    {
        private long _value;

        public override long Value => _value;

        public override async ValueTask CountAsync()
        {
            var read = _value;
            await Task.Delay(Pause);
            _value = read + 1;
        }
    }
}
