/// Tests of the arithmetic of scale.
@NullMarked
package io.strowger.deploy.scale;

import org.jspecify.annotations.NullMarked;
