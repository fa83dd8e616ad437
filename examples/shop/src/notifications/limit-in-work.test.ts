import { EventEmitter } from 'node:events';
import type { NextFunction, Request, Response } from 'express';
import { expect, test } from 'vitest';
import { limitInWork } from './limit-in-work.ts';

function arrivals(most: number, mostWaiting: number) {
  const limit = limitInWork(most, mostWaiting);
  const entered: string[] = [];
  const arrive = (name: string) => {
    const response = Object.assign(new EventEmitter(), { closed: false, set: () => undefined });
    const next: NextFunction = () => entered.push(name);
    limit({} as Request, response as unknown as Response, next);
    return {
      go: () => {
        response.closed = true;
        response.emit('close');
      },
    };
  };
  return { arrive, entered };
}

test('one in work, one waiting, and 503 for the third', () => {
  const { arrive, entered } = arrivals(1, 1);
  const first = arrive('first');
  const second = arrive('second');
  expect(entered).toEqual(['first']);
  expect(() => arrive('third')).toThrow(expect.objectContaining({ status: 503 }));
  first.go();
  expect(entered).toEqual(['first', 'second']);
  second.go();
  arrive('fourth');
  expect(entered).toEqual(['first', 'second', 'fourth']);
});

test('who went away while waiting holds nobody up', () => {
  const { arrive, entered } = arrivals(1, 2);
  const first = arrive('first');
  arrive('second').go();
  arrive('third');
  first.go();
  expect(entered).toEqual(['first', 'third']);
});
