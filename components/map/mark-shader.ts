import { BEAK_CELL, BEAK_PX, CELL_PX, COLUMNS, FIELD_PX } from "./mark-images";

/** A square per mark, turned about its middle. Places are parts of the world's square, as seen from an origin nearby. */
const VERTEX = `#version 300 es
layout(location = 0) in vec2 place;
layout(location = 1) in vec2 look;
uniform float world;
uniform vec2 shift;
uniform vec2 halfView;
uniform float scale;
/* 1, or 0 where beaks are left out. */
uniform float beak;
uniform vec2 picture;
out vec2 texel;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  float field = look.x == ${BEAK_CELL}.0 ? ${BEAK_PX}.0 : ${FIELD_PX}.0;
  float shown = look.x == ${BEAK_CELL}.0 ? beak : 1.0;
  float turn = radians(look.y);
  mat2 turned = mat2(cos(turn), sin(turn), -sin(turn), cos(turn));
  vec2 px = place * world + shift + turned * corner * field * 0.5 * scale * shown;
  gl_Position = vec4(px.x / halfView.x, -px.y / halfView.y, 0.0, 1.0);
  vec2 cell = vec2(mod(look.x, ${COLUMNS}.0), floor(look.x / ${COLUMNS}.0));
  texel = ((cell + 0.5) * ${CELL_PX}.0 + corner * field) / picture;
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in vec2 texel;
uniform sampler2D marks;
out vec4 colour;
void main() { colour = texture(marks, texel); }`;

function shader(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const made = gl.createShader(type);
  if (!made) throw new Error("the map's context is lost");
  gl.shaderSource(made, source);
  gl.compileShader(made);
  return made;
}

/** @throws Error when the driver refuses it */
export function markProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  const parts = [shader(gl, gl.VERTEX_SHADER, VERTEX), shader(gl, gl.FRAGMENT_SHADER, FRAGMENT)];
  for (const part of parts) gl.attachShader(program, part);
  gl.linkProgram(program);
  for (const part of parts) gl.deleteShader(part);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`marks can't be drawn: ${gl.getProgramInfoLog(program)}`);
  return program;
}

/** The picture of all marks as a texture. */
export function markTexture(gl: WebGL2RenderingContext, picture: OffscreenCanvas): WebGLTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  return texture;
}

export const UNIFORMS = ["world", "shift", "halfView", "scale", "beak", "picture"] as const;

/** Where a program takes its uniforms. */
export const uniformsOf = (gl: WebGL2RenderingContext, program: WebGLProgram) =>
  Object.fromEntries(UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)])) as Record<
    (typeof UNIFORMS)[number],
    WebGLUniformLocation | null
  >;
