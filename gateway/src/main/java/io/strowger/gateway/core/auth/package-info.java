/// Access-key authentication: whether a request was signed with one of the installation's keys.
@NullMarked
package io.strowger.gateway.core.auth;

import org.jspecify.annotations.NullMarked;
