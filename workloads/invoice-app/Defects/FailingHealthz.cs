using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SreLab.Workloads.ServiceDefaults.Defects;
using SreLab.Workloads.ServiceDefaults.Http;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Liveness answers 500 although the service works.</summary>
internal sealed class FailingHealthz() : Defect(DefectName)
{
    public const string DefectName = "failing-healthz";

    public override void Alter(IApplicationBuilder app) => app.Use((context, next) =>
        context.Request.Path == WellKnownPaths.Liveness ? Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, null) : next(context));
}
