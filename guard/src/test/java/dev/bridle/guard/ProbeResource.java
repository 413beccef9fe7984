package dev.bridle.guard;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Endpoints to knock at. */
@Path("/probe")
public class ProbeResource {
  private final SecurityIdentity caller;

  ProbeResource(SecurityIdentity caller) {
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Role.VIEWER)
  public String view() {
    return caller.getPrincipal().getName();
  }

  @POST
  @RolesAllowed(Role.SUBMITTER)
  public String submit(byte[] body) {
    return caller.getPrincipal().getName();
  }

  @GET
  @Path("forgotten")
  public String forgotten() {
    return "should not be seen";
  }
}
