using Microsoft.Extensions.DependencyInjection;
using SreLab.Workloads.InvoiceApp.Payments;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Http;
using SreLab.Workloads.ServiceDefaults.Logs;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Neither logs the correlation id nor passes it on: the trail of a request ends here.</summary>
internal sealed class MissingCorrelationId() : Defect(DefectName)
{
    public const string DefectName = "missing-correlation-id";

    public override void Alter(IServiceCollection services)
    {
        services.Configure<JsonLinesOptions>(o => o.LeftOut.Add(CorrelationId.Field));
        services.AddHttpClient(ProviderClient.ClientName).AddHttpMessageHandler(() => new Forget());
    }

    private sealed class Forget : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Remove(CorrelationId.Header);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
