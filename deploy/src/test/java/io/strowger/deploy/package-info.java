/// Holds manifests, dashboards, alerts and the compose file to what the code says, so that they
/// cannot drift apart. Nothing here needs a cluster or the network.
@NullMarked
package io.strowger.deploy;

import org.jspecify.annotations.NullMarked;
